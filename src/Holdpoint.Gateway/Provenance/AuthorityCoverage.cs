namespace Holdpoint.Gateway.Provenance;

/// <summary>The extent to which an authority covers the content of a call.</summary>
internal enum AuthorityCoverage
{
    /// <summary>No byte is attested, so there is nothing that it could cover.</summary>
    NothingAttested,

    /// <summary>Some attested byte is of a dataset that its selectors do not match: it covers none of the call.</summary>
    Partial,

    /// <summary>Its selectors match every statement about the call's attested bytes.</summary>
    Whole,
}
