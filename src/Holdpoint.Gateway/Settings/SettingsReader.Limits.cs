namespace Holdpoint.Gateway.Settings;

public static partial class SettingsReader
{
    private sealed partial class Check
    {
        private Limits CheckLimits(LimitOptions o)
        {
            var defaults = new Limits();
            return new Limits
            {
                BodyBytes = Within("limits.body_bytes", o.BodyBytes, defaults.BodyBytes, 1_024, Limits.MostBodyBytes),
                AnswerBytes = Within("limits.answer_bytes", o.AnswerBytes, defaults.AnswerBytes, 1_024, 256 * 1024 * 1024),
                Connections = Within("limits.connections", o.Connections, defaults.Connections, 1, 1_000_000),
                Calls = Within("limits.calls", o.Calls, defaults.Calls, 1, 1_000_000),
                CallsPerClient = Within("limits.calls_per_client", o.CallsPerClient, defaults.CallsPerClient, 1, 1_000_000),
                EvidencePerCall = Within("limits.evidence_per_call", o.EvidencePerCall, defaults.EvidencePerCall, 1, 128),
                Body = Seconds("limits.body_seconds", o.BodySeconds, defaults.Body),
                Connect = Seconds("limits.connect_seconds", o.ConnectSeconds, defaults.Connect),
                FirstByte = Seconds("limits.first_byte_seconds", o.FirstByteSeconds, defaults.FirstByte),
                BetweenBytes = Seconds("limits.between_bytes_seconds", o.BetweenBytesSeconds, defaults.BetweenBytes),
                Total = Seconds("limits.total_seconds", o.TotalSeconds, defaults.Total, most: 86_400),
                Stop = Seconds("limits.stop_seconds", o.StopSeconds, defaults.Stop),
                Retry = defaults.Retry with
                {
                    Rounds = Within("limits.retries", o.Retries, defaults.Retry.Rounds, 0, 10),
                    LongestWait = Seconds("limits.retry_wait_seconds", o.RetryWaitSeconds, defaults.Retry.LongestWait, most: 60),
                },
                Circuit = defaults.Circuit with
                {
                    Ratio = Number("limits.circuit_ratio", o.CircuitRatio, defaults.Circuit.Ratio, 0.01, 1),

                    // The lower bounds of these three are Polly's, whose breaker this one counts like.
                    LeastAttempts = Within("limits.circuit_attempts", o.CircuitAttempts, defaults.Circuit.LeastAttempts, 2, 1_000_000),
                    Window = Seconds("limits.circuit_window_seconds", o.CircuitWindowSeconds, defaults.Circuit.Window, least: 0.5),
                    Break = Seconds("limits.circuit_break_seconds", o.CircuitBreakSeconds, defaults.Circuit.Break, least: 0.5),
                },
            };
        }

        private int Within(string key, int? value, int @default, int least, int most)
        {
            if (value is null || (value >= least && value <= most))
            {
                return value ?? @default;
            }

            _problems.Add($"{key}: must be {least}..{most}, was {value}");
            return @default;
        }

        private double Number(string key, double? value, double @default, double least, double most)
        {
            // Written so that NaN, which YAML can say, is refused too.
            if (value is null || (value >= least && value <= most))
            {
                return value ?? @default;
            }

            _problems.Add(FormattableString.Invariant($"{key}: must be {least}..{most}"));
            return @default;
        }

        private TimeSpan Seconds(string key, double? value, TimeSpan @default, double least = 0.05, double most = 3_600) =>
            TimeSpan.FromSeconds(Number(key, value, @default.TotalSeconds, least, most));
    }
}
