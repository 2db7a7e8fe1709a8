namespace Holdpoint.Wire.Json;

/// <summary>
/// The names of fields that answers of the known APIs have inside values without a shape of their own: usage, log probabilities, citations,
/// annotations, errors, results of tools. A name that is not here, in such a value or beside known fields, is read as text.
/// Source: npm <c>openai</c> 6.49.0 and <c>@anthropic-ai/sdk</c> 1.11.0.
/// </summary>
internal static class ApiNames
{
    private static readonly NameTable Names = new(
        "prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details", "completion_tokens_details", "cached_tokens",
        "audio_tokens", "text_tokens", "image_tokens", "reasoning_tokens", "accepted_prediction_tokens", "rejected_prediction_tokens",
        "input_tokens", "output_tokens", "input_tokens_details", "output_tokens_details", "cache_write_tokens",
        "cache_creation_input_tokens", "cache_read_input_tokens", "cache_creation", "ephemeral_5m_input_tokens",
        "ephemeral_1h_input_tokens", "server_tool_use", "web_search_requests", "web_fetch_requests", "thinking_tokens", "iterations",
        "service_tier", "inference_geo", "speed", "fallback_credit", "usage", "total_usage", "applied_edits", "context_management",
        "content", "refusal", "token", "logprob", "logprobs", "top_logprobs", "bytes", "token_logprobs", "text_offset",
        "type", "id", "index", "object", "role", "status", "name", "text", "title", "url", "source", "model", "arguments", "input",
        "output", "result", "results", "data", "signature", "summary", "reasoning_content", "encrypted_content", "encrypted_index",
        "encrypted_stdout", "url_citation", "file_citation", "file_path", "container_file_citation", "start_index", "end_index",
        "file_id", "filename", "container_id", "cited_text", "document_index", "document_title", "start_char_index", "end_char_index",
        "start_page_number", "end_page_number", "start_block_index", "end_block_index", "search_result_index", "page_age",
        "retrieved_at", "code", "message", "param", "error", "error_code", "error_message", "metadata", "explanation", "category",
        "stdout", "stderr", "outcome", "exit_code", "return_code", "call_id", "created_by", "server_label", "tools", "tool",
        "tool_use_id", "tool_name", "tool_references", "is_error", "description", "parameters", "properties", "required", "strict",
        "input_schema", "annotations", "action", "actions", "query", "queries", "image_url", "score", "attributes",
        "vector_store_id", "caller", "caller_id", "citations", "media_type", "logs", "max_output_length", "stop_sequence",
        "stop_details", "container", "expires_at", "logit_bias", "effort", "verbosity", "format", "schema", "parallel_tool_calls",
        "temperature", "top_p", "max_output_tokens", "max_tool_calls", "previous_response_id", "background", "store", "prompt",
        "conversation", "billing", "payer", "frequency_penalty", "presence_penalty", "native_finish_reason", "stop_reason",
        "matched_stop", "citation", "parsed",
        "thinking", "redacted_thinking", "partial_json", "stop_sequences", "revised_prompt", "output_format", "quality", "size",
        "reasoning", "reasoning_details", "moderation", "extra_content", "provider", "prompt_filter_results", "content_filter_results",
        "content_filter_offsets", "prompt_logprobs", "prompt_token_ids", "token_ids", "kv_transfer_params", "timings", "created_at",
        "total_duration", "load_duration", "prompt_eval_count", "prompt_eval_duration", "eval_count", "eval_duration", "queue_time",
        "prompt_time", "completion_time", "total_time", "is_byok", "cost", "cost_details", "upstream_inference_cost", "weight",
        "incomplete_details", "truncation", "top_k", "safety_identifier", "prompt_cache_key", "sequence_number", "item_id",
        "video_tokens", "file_tokens", "tool_tokens", "cache_creation_tokens", "prompt_cache_hit_tokens", "prompt_cache_miss_tokens",
        "num_sources_used", "num_server_side_tools_used", "citation_tokens", "search_context_size", "search_results", "images");

    public static bool Contains(ReadOnlySpan<byte> name) => Names.Contains(name);
}
