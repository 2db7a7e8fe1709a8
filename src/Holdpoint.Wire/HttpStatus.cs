namespace Holdpoint.Wire;

/// <summary>
/// The HTTP statuses that formats and upstreams use, by their names in RFC 9110 §15 (429: RFC 6585; 529: Anthropic's own).
/// </summary>
internal static class HttpStatus
{
    public const int Ok = 200;
    public const int Created = 201;
    public const int BadRequest = 400;
    public const int Unauthorized = 401;
    public const int Forbidden = 403;
    public const int NotFound = 404;
    public const int RequestTimeout = 408;
    public const int ContentTooLarge = 413;
    public const int UnsupportedMediaType = 415;
    public const int TooManyRequests = 429;
    public const int InternalServerError = 500;
    public const int BadGateway = 502;
    public const int ServiceUnavailable = 503;
    public const int GatewayTimeout = 504;
    public const int Overloaded = 529;
}
