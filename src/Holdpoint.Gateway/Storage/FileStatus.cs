using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Holdpoint.Gateway.Storage;

/// <summary>What the system says of a file: which one it is, whose it is, who may do what with it, its size and when it changed.</summary>
/// <param name="Device">The file system that it is on; with <paramref name="Inode"/> it names the file itself, whatever its path.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Owner">The id of the user whose file it is.</param>
/// <param name="Mode">Who may read, write and execute it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Modified">When its content changed last, in nanoseconds since 1970; as coarse as the system's clock tick.</param>
/// <remarks>
/// By <c>statx(2)</c>: unlike <c>struct stat</c>, its answer has one layout on every processor. .NET itself tells neither inode nor owner.
/// </remarks>
internal readonly record struct FileStatus(ulong Device, ulong Inode, uint Owner, UnixFileMode Mode, long Size, long Modified)
{
    // linux/fcntl.h, linux/stat.h, asm-generic/errno-base.h
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int NoSuchFile = 2;
    private const int NotAFolder = 20;

    private const UnixFileMode AllBits = (UnixFileMode)0xFFF;

    /// <summary>The user that this process acts as.</summary>
    public static uint CurrentUser => EffectiveUser();

    /// <summary>A path in the form that <see cref="Of(byte[])"/> takes, so that who asks often encodes it once.</summary>
    public static byte[] PathOf(string path) => Encoding.UTF8.GetBytes(path + '\0');

    /// <summary>The file that a path names, links followed; null when it names none. Allocates nothing.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static FileStatus? Of(byte[] path)
    {
        if (Statx(CurrentFolder, path, flags: 0, BasicStats, out var answer) == 0)
        {
            return Read(answer);
        }

        var error = Marshal.GetLastPInvokeError();
        return error is NoSuchFile or NotAFolder ? null : throw Unknown(error);
    }

    /// <summary>An open file.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static FileStatus Of(SafeFileHandle file) => Statx(file, [0], EmptyPath, BasicStats, out var answer) == 0
        ? Read(answer)
        : throw Unknown(Marshal.GetLastPInvokeError());

    /// <summary>Whether both are the same file, whatever has become of it meanwhile.</summary>
    public bool IsSameFileAs(FileStatus other) => (Device, Inode) == (other.Device, other.Inode);

    private static IOException Unknown(int error) => new("The system does not say which file this is.", new Win32Exception(error));

    private static FileStatus Read(in Answer answer) => new(
        ((ulong)answer.DeviceMajor << 32) | answer.DeviceMinor,
        answer.Inode,
        answer.Owner,
        (UnixFileMode)answer.Mode & AllBits,
        (long)answer.Size,
        (answer.ModifiedSeconds * 1_000_000_000) + answer.ModifiedNanoseconds);

    /// <summary><c>struct statx</c> of <c>linux/stat.h</c>, those of its members that are read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct Answer
    {
        [FieldOffset(20)]
        public readonly uint Owner;

        [FieldOffset(28)]
        public readonly ushort Mode;

        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(40)]
        public readonly ulong Size;

        [FieldOffset(112)]
        public readonly long ModifiedSeconds;

        [FieldOffset(120)]
        public readonly uint ModifiedNanoseconds;

        [FieldOffset(136)]
        public readonly uint DeviceMajor;

        [FieldOffset(140)]
        public readonly uint DeviceMinor;
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, out Answer answer);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(SafeFileHandle folder, byte[] path, int flags, uint mask, out Answer answer);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
