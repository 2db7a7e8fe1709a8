namespace Holdpoint.Signals.Normalisation;

/// <summary>
/// More rows of <see cref="Confusables"/>: Latin letters by the letter in their Unicode name (turned, reversed, insular, barred, with tails
/// and hooks: phonetic letters among them), and the letters of scripts beyond the first plane that nobody writes today.
/// </summary>
/// <remarks>
/// These are folded everywhere, because honest text has them rarely and then means the letter (Ə in a name is an e). Letters of scripts
/// that people write are in <see cref="LookAlikes"/>, which only phrases see.
/// </remarks>
internal static class LetterRows
{
    /// <summary>Latin letters that NFKD leaves as they are, as skeleton, colon and letters.</summary>
    public static readonly string[] Latin =
    [
        "a: ɐ ᶏ Ɐ ꬱ",
        "b: ᴃ ᵬ ᶀ Ꞗ ꞗ",
        "c: ɕ Ꞓ ꞓ ꞔ Ꞔ 𝼝",
        "d: Ƌ ƌ ȡ ᵭ ᶁ ᶑ Ꝺ ꝺ Ꟈ ꟈ",
        "e: Ǝ Ə ǝ ɘ ə ɚ ɜ ɝ ɞ ʚ ᴈ ᶒ ᶓ ᶔ ᶕ ⱸ ⱻ Ɜ ꬲ ꬳ ꬴ",
        "f: ᵮ ᶂ Ꝼ ꝼ Ꞙ ꞙ ꬵ",
        "g: ʛ ᵷ ᵹ ᶃ Ᵹ Ꝿ ꝿ Ꞡ ꞡ Ɡ Ꟑ ꟑ ꬶ 𝼁 𝼂",
        "h: ɥ ʮ ʯ Ⱨ ⱨ Ⱶ ⱶ Ɥ ꞕ Ɦ Ꟶ ꟶ",
        "i: ᴉ ᶖ Ɪ 𝼚",
        "j: ʄ ʝ Ʝ",
        "k: ʞ ᶄ Ⱪ ⱪ Ꝁ ꝁ Ꝃ ꝃ Ꝅ ꝅ Ꞣ ꞣ Ʞ 𝼃 𝼐",
        "l: ȴ ɬ ᴌ ᶅ Ⱡ ⱡ Ɫ Ꝉ ꝉ Ꞁ ꞁ ꞎ Ɬ ꬷ ꬸ ꬹ 𝼄 𝼑 𝼓",
        "m: ɰ ᴟ ᵯ ᶆ Ɱ ꟺ ꬺ",
        "n: Ƞ ȵ ɳ ᴎ ᵰ ᶇ Ꞑ ꞑ Ꞥ ꞥ ꬻ",
        "o: ᴑ ᴒ ᴓ ᴖ ᴗ ᶗ ⱺ Ꝋ ꝋ Ꝍ ꝍ ꬽ ꬾ ꬿ ꭃ ꭄ 𝼛",
        "p: ᵱ ᵽ ᶈ Ᵽ Ꝑ ꝑ Ꝓ ꝓ Ꝕ ꝕ",
        "q: ʠ Ꝗ ꝗ Ꝙ ꝙ ꞯ",
        "r: ɹ ɺ ɻ ɽ ɿ ʁ ᴙ ᴚ ᵲ ᵳ ᶉ Ɽ ⱹ Ꝛ ꝛ Ꞃ ꞃ Ꞧ ꞧ ꭅ ꭆ ꭇ ꭈ ꭉ ꭊ ꭋ ꭌ ꭨ 𝼈 𝼕 𝼖",
        "s: ȿ ᵴ ᶊ ẜ ẝ Ȿ Ꞅ ꞅ Ꞩ ꞩ Ʂ Ꟊ ꟊ 𝼞",
        "t: ƫ Ʈ ȶ Ⱦ ʇ ʈ ᵵ ⱦ Ꞇ ꞇ Ʇ 𝼉 𝼍",
        "u: Ʉ ʉ ᴝ ᶙ Ꞹ ꞹ ꭎ ꭏ ꭒ",
        "v: Ʋ ᶌ ⱱ ⱴ Ꝟ ꝟ",
        "w: ʍ Ⱳ ⱳ",
        "x: ᶍ ꭖ ꭗ ꭘ ꭙ",
        "y: ʎ Ỿ ỿ ꭚ 𝼆",
        "z: ɀ ʑ ᵶ ᶎ Ⱬ ⱬ Ɀ Ꝣ ꝣ Ᶎ",
    ];

    /// <summary>
    /// Letters of Gothic and Old Italic by their names, of Carian, Lycian, Lydian, Elbasan, Deseret, Osage, Warang Citi, Miao and Greek
    /// musical notation by their shapes (UTS #39 has many of these), as skeleton, colon and letters.
    /// </summary>
    public static readonly string[] BeyondFirstPlane =
    [
        "a: 𐌰 𐊠 𐊀 𐒰 𐓘 𖽀 𐌀 𐤠",
        "b: 𐌱 𐊡 𐊩 𐊂 𐤡",
        "c: 𐊢 𐔜 𐐕 𐐽 𑣩 𑣲 𐤹",
        "d: 𐌳 𐊅 𐤣",
        "e: 𐌴 𐊺 𐊆 𐊁 𑢦 𑢮 𐌄 𐤤",
        "f: 𐍆 𐊥 𐊇 𐔥 𑢢 𑣂 𝈓 𐤱",
        "g: 𐌲 𐋀 𐊄 𐤢",
        "h: 𐌷 𐋏 𐊛 𐌇",
        "i: 𐌹 𐊹 𐊊 𑣃 𖼨 𐌉 𐤦",
        "j: 𐌾",
        "k: 𐌺 𐊼 𐊋 𐔘 𐒼 𐓤 𐤨",
        "l: 𐌻 𐊣 𐊍 𐔦 𐐛 𐑃 𑢣 𑢲 𖼖 𝈪 𐤩",
        "m: 𐌼 𐊰 𐊪 𐊎 𐌑 𐤪",
        "n: 𐌽 𐊵 𐊏 𐔓 𐤫",
        "o: 𐍉 𐍈 𐊫 𐊒 𐔖 𐐄 𐐬 𐓂 𐓪 𑢵 𑣈 𑣗 𑣠 𐌏 𐌈 𐤬",
        "p: 𐍀 𐊷 𐊕 𐊓",
        "q: 𐌵 𐊨 𐊌 𐌒 𐤲",
        "r: 𐍂 𐒴 𐓜 𖼵 𝈖 𐤭",
        "s: 𐍃 𐊖 𐐠 𐑈 𑣁 𖼺 𐤳",
        "t: 𐍄 𐊱 𐊭 𐊗 𐓍 𐓵 𑢼 𖼊 𐤯",
        "u: 𐌿 𐓎 𐓶 𑢸 𑣘 𖽂 𐌖 𐤰",
        "v: 𐔝 𑢠 𑣀 𖼈 𝈍 𐤥",
        "w: 𐍅 𑣦 𑣯",
        "x: 𐍇 𐊴 𐊐 𐊜 𐔧 𑣬",
        "y: 𐊲 𑢤 𑣜 𖽃 𐤧",
        "z: 𐌶 𐊈 𑢩 𑣄 𑣥 𐌆",
        "th: 𐌸",
    ];
}
