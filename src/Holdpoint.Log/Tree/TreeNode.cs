namespace Holdpoint.Log.Tree;

/// <summary>
/// The place of a perfect subtree: the node <paramref name="Index"/> (from 0) of binary level <paramref name="Level"/> (0…62) covers the
/// 2^Level leaves from Index·2^Level. Level 0 are the leaves.
/// </summary>
public readonly record struct TreeNode(int Level, long Index);
