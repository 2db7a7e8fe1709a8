namespace Holdpoint.Signals.Normalisation;

/// <summary>
/// Letters and signs of scripts that people write, each with the Latin letters that it can be drawn for or, in a script that is used as a
/// cipher, sound like.
/// </summary>
/// <remarks>
/// The idea is the skeleton of UTS #39 section 4, the table is our own, script by script. Unlike <see cref="Confusables"/> these are not
/// folded: の is a word, 口 a mouth, ° a degree. Only one reading of phrases takes such a char for a letter, and only where a phrase goes on
/// with it; persons never see it. Chars are as folding leaves them.
/// </remarks>
internal static class LookAlikes
{
    private static readonly string[] Rows =
    [
        // Coptic
        "a:Ⲁⲁ b:ⲂⲃⳈⳉ cs:Ⲥⲥ da:Ⲇⲇ e:Ⲉⲉ fo:Ⲫⲫ gb:Ϭϭ gr:Ⲅⲅ h:Ⲏⲏ hs:Ϩϩ i:Ⲓⲓ jx:Ϫϫ k:Ⲕⲕ la:Ⲗⲗ m:Ⲙⲙ n:ⲚⲛⲺⲻⲼⲽ o:ⲐⲑⲞⲟ pn:Ⲡⲡ qf:Ϥϥ rp:Ⲣⲣ s:Ⳇⳇ",
        "sc:Ⲋⲋ t:ⲦⲧϮϯ w:ⲮⲯϢϣⳄⳅ wo:Ⲱⲱ x:ⲜⲝⲬⲭ yu:Ⲩⲩ z:Ⲍⲍ",
        // Cherokee
        "ag:Ꭺꭺ ah:Ꭿꭿ bs:Ꮟꮟ by:Ᏼᏼ cg:Ꮳꮳ ct:Ꮯꮯ cwt:Ꮸꮸ d:Ꮬꮬ da:Ꭰꭰ dj:Ꮷꮷ dl:Ꮣꮣ dn:Ꮧꮧ dq:Ꮫꮫ ds:Ꮥꮥ eg:Ꭼꭼ eq:Ꮛꮛ er:Ꭱꭱ es:Ꮠꮠ gf:Ꭸꭸ gl:Ꮆꮆ",
        "gn:Ꮐꮐ gs:Ꭶꭶ gw:Ꮹꮹ gy:Ᏻᏻ haq:Ꭽꭽ hf:Ꮀꮀ hm:Ꮋꮋ hn:Ꮒꮒ hp:Ꭾꭾ hr:ᎱꮁᎲꮂ ht:ᎿꮏᏥꮵ it:Ꭲꭲ iv:Ꭵꭵ jg:Ꭻꭻ ko:Ꭷꭷ kt:Ꮶꮶ lf:Ꮈꮈ lp:Ꮅꮅ lq:Ꮄꮄ",
        "lt:Ꮮꮮ mc:Ᏽᏽ ml:Ꮇꮇ na:Ꮑꮑ nq:Ꮔꮔ o:Ꭳꭳ om:ᎹꮉᎺꮊᎼꮌ on:ᎾꮎᏅꮕ ou:Ꭴꭴ ow:ᏫꮻᏭꮽ pt:Ꮲꮲ q:Ꮘꮘ qt:Ꮙꮙ rs:Ꮢꮢ s:ᏍꮝᏎꮞᏑꮡ sd:Ꮪꮪ t:Ꮰꮰ td:Ꮦꮦ tiq:Ꮖꮖ",
        "tl:ᏘꮨᏝꮭ tp:Ꮱꮱ us:Ꮜꮜ vd:Ꮩꮩ vt:Ꮴꮴ w:Ꮺꮺ wb:Ꮾꮾ wl:Ꮃꮃ wq:ᏇꮗᏊꮚᏬꮼ wt:Ꮤꮤ yb:ᏯꮿᏰᏸ yg:Ꭹꭹ yh:ᏱᏹᏲᏺ ym:Ꮍꮍ zn:Ꮓꮓ",
        // Lisu, with the letters that it turns
        "a:ꓮꓯ av:ꓥ b:ꓐꓭ c:ꓚ co:ꓛ d:ꓓꓷ e:ꓰꓱ f:ꓝꓞ g:ꓖꓨ h:ꓧ j:ꓙ jr:ꓩ k:ꓗꓘ l:ꓡꓲꓶ m:ꓟ n:ꓠ o:ꓳ p:ꓑ pd:ꓒ r:ꓣꓤ s:ꓢ t:ꓔꓕ u:ꓴ un:ꓵ v:ꓦ w:ꓪ x:ꓫ",
        "y:ꓬ z:ꓜ",
        // Tifinagh
        "cs:ⵛ dav:ⴷ dv:ⴸ e:ⴻ ed:ⴹⴺ fh:ⴼ g:ⴶ gx:ⴳⴴ h:ⵂ hl:ⵃ ie:ⵉ j:ⵋⵌ ji:ⵊ jx:ⴵ k:ⴽⴾⴿ lu:ⵍ mc:ⵎ n:ⵑ nl:ⵏ o:ⵘ oa:ⴰ ob:ⴱⴲ oh:ⵀⵁ q:ⵈ",
        "qz:ⵇ ro:ⵔ rqo:ⵕ so:ⵙⵚ t:ⵜ te:ⵟ tx:ⵝ va:ⵠ wu:ⵡ x:ⵅⵆ ys:ⵢ zx:ⵣⵤⵥ",
        // Canadian syllabics
        "a:ᐃᐱᕕᗅᗆᗣᗤᗩ ac:ᐊ b:ᑲᖯᗷᗹᗺᘍᘓᘢᙖ c:ᐸᑕᕙᗕᗫᗭᙅ d:ᐅᐳᑐᑯᕗᕲᖱᖷᗜᗞᗟᗡᗪᗬᘐᙃ e:ᕬᕮᗱᗴᗶᘚᘛᙎ f:ᖴᖵ g:ᘜ h:ᕼ j:ᒍᒎᒧ k:ᖽ l:ᑊᒐᒪ m:ᗰᗽᘘᘻᙏᙢ n:ᑎᔓᘉᙁᙉ o:ᓂᓄᓇ",
        "oc:ᗢ od:ᗝ p:ᑭᕵᘎ pe:ᕿ q:ᑫᕋᕴ r:ᒋᒥᖆᖇ ry:ᖺ s:ᔕᘖ u:ᑌᕸᖘᘈᘴᙀᙈ un:ᘮᘯ v:ᐁᐯᕊᗐ w:ᗯᗼᘗᘺᙡ x:ᘹ᙭᙮ y:ᓓᖻ z:ᒿᔑᔭᘔᘙᙆ",
        // Runes
        "af:ᚨᚪ b:ᛒ ck:ᚳ dm:ᛞ em:ᛖ f:ᚠ gx:ᚷ h:ᚺᚻ i:ᛁ j:ᛃ kc:ᚲ kp:ᛕ ky:ᚴ l:ᛚ m:ᛗ n:ᚾ no:ᛜ o:ᛟ p:ᛈ r:ᚱ s:ᛊᛋ t:ᛏ tp:ᚦ un:ᚢ wp:ᚹ y:ᚣ yi:ᛇ",
        "zyx:ᛉ",
        // Cyrillic drawn like Latin
        "a:дѧѩ b:ъыбв e:эє fo:ф h:ћ k:кќ lo:ю n:п nj:л nu:и o:ѳ r:яґѓ rt:г u:ц w:щ x:жѫ yh:ч z:ѯ ze:з",
        // Greek drawn like Latin
        "da:δ ex:ξ fo:φ la:λ np:π o:θ sc:σ wy:ψ zc:ζ",
        // Armenian
        "a:ձճ d:ժ f:ֆ h:ի j:յ l:լւ n:ըղր o:ծ pf:բ po:թ t:եէ u:խկմն w:պ y:վ z:շջչ",
        // Georgian
        "a:ა b:ბ cg:ც d:დ dj:ძ e:ე f:ფ g:გ h:ჩ hj:ჰ io:ი jx:ჯ k:კქ l:ლღ m:მ n:ნ o:ჿ om:ო p:პ r:რ sb:ს sy:შ t:ტ uy:უ v:ვ w:წ xb:ხ y:ყ",
        // Hebrew
        "a:ג b:ב ck:כ i:י l:ולן n:נת nh:הח nm:מ o:ם os:ס pg:פ pq:ק q:ף r:ר t:ך td:ד tz:ז ut:ט wv:ש xn:א y:ץצ yx:ע",
        // Arabic
        "b:بط gq:و jr:ر k:ک l:ا lj:ل o:هةہھەۃ s:ى u:ت un:ن w:س",
        // Indic and other syllabic scripts
        "a:ลคฅຄ c:ဂ d:ตด f:ቶ h:หຫነከዘ il:เ j:ง l:டแረ m:ற n:ทภฦທበ o:ଠഠ၀ဝ႐อ๏໐០ዐዕꙩꙮ oc:ว p:የ q:ฉ r:രገ s:ഗรຣ t:ተፐፒ u:ပபนยบปບሀህ",
        "w:ဖဘသധഡพฬผພሠ",
        // Hangul
        "a:ㅅᄉ bu:ㅂᄇ c:ㄷᄃ e:ㄹᄅㅌᄐ h:ㅐᅢ k:ㅏᅡ l:ㄴᄂㅣᅵㅡㅗᅩ n:ㄱᄀㅍ o:ㅇᄋᆼㅁᄆㅎ t:ㅓᅥㅜᅮ x:ㅈᄌ",
        // Kana
        "a:ムあ c:こ ck:コくク e:と eh:ヒ ey:ヨ fk:キ h:んサ ht:は ie:エ il:ノ jf:フ k:ケ ks:ス l:ルに ln:り ls:し lt:け lv:レ m:ミマ mk:カ n:刀ンニハネへなれぬ no:め",
        "ns:ソ nt:ナ o:オつお on:の or:ロ pa:ア r:ラ s:シツすう se:セ t:テタチモてたせ th:ト ti:イ u:ウユ uh:ひ w:ワわ x:メ yl:リ yp:ヤ",
        // Ideographs
        "a:卂丹人入月円 b:乃日阝巴目臼田由白品 c:匚亡仁 e:巳乇彐王三 f:下千广力 ft:干 h:卄廾升井 i:工认 il:丨 j:亅了 k:片水长 l:乚 m:爪从冊而川 n:冂几门丸九 o:口囗〇曰回 p:尸卩戸甲 r:尺厂 s:丂己与",
        "t:匕七十个 tj:丁 u:凵丩 w:屮 wu:山 x:乂义又 y:丫 z:乙之",
        // Bopomofo
        "a:ㄠㄟ as:ㄙ b:ㄅ c:ㄑㄔ cf:ㄈ ct:ㄘ d:ㄉ g:ㄍ hn:ㄣ k:ㄎ l:ㄥㄌㄦ li:ㄧ mn:ㄇ n:ㄋ o:ㄛ or:ㄖ p:ㄗㄆ ps:ㄕ rh:ㄏ t:ㄒㄊㄤ te:ㄝㄜ u:ㄩ uj:ㄐ x:ㄡ xw:ㄨ y:ㄚ",
        "z:ㄓ",
        // Latin letters turned, that are others too
        "bg:Ƃƃ c:ↃↄꜾꜿ co:Ɔɔᴐ f:Ⅎⅎ fj:ɟ g:⅁ l:⅂ lj:⅃ mw:Ɯɯ va:Ʌʌ y:⅄",
        // Signs: rings, circles and mathematics
        "a:∀∧⋀∆ c:⊂⊆ d:⊃ da:∂ e:∈∊∃ es:∑ l:⌊⎿∟ n:∩⋂∏ o:°˚○●◯◦◌◍◎◉⊙⊚⊖⊘⊗⊕⦾⦿☉⌀∅∘⚪⚫⚬⭕⭘⬤❍⃝□■ q:♀ r:⌈⎾ sf:∫ t:⊥⊤⊢⊣†‡✝✞ u:∪⋃ v:∨⋁√∇ x:⨯✕✖✗✘",
        // Signs of currencies
        "a:₳ b:฿₿ c:¢₠₡₵₾ cg:₢ d:₫ e:€ f:₣ g:₲ k:₭ l:₤ le:£ lt:₺ m:₥₼ n:₦₪ p:₱₽ r:₨₹ s:₰₴ t:₮₸ w:₩ y:¥",
    ];

    private static readonly string?[]?[] Pages = Read();

    /// <summary>The Latin letters that a folded char may stand for, the likeliest first; empty for most chars.</summary>
    public static string LettersOf(char c) => Pages[c >> 8]?[c & 0xFF] ?? "";

    private static string?[]?[] Read()
    {
        var pages = new string?[]?[256];
        foreach (var group in Rows.SelectMany(static row => row.Split(' ')))
        {
            var colon = group.IndexOf(':', StringComparison.Ordinal);
            foreach (var letter in group[(colon + 1)..])
            {
                // Both as it is written and as folding leaves it, which is what readers meet.
                foreach (var c in Folding.Of(letter.ToString()) is [var folded] && folded >= 0x80 ? [letter, folded] : new[] { letter })
                {
                    (pages[c >> 8] ??= new string?[256])[c & 0xFF] ??= group[..colon];
                }
            }
        }

        return pages;
    }
}
