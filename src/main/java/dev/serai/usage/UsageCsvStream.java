package dev.serai.usage;

import dev.serai.call.AnswerStream;
import dev.serai.call.Call;
import dev.serai.stream.ByteSink;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Usage as CSV (RFC 4180), a page at a time. An export that breaks off ends with a line that begins with
 * {@code INCOMPLETE}.
 */
final class UsageCsvStream implements AnswerStream {

    private static final String HEADER = "minute,key_id,key_name,model,provider,currency,calls,failures,estimated,"
            + "input_tokens,cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens,cost\r\n";

    private final Call call;
    private final Function<@Nullable UsageRow, List<UsageRow>> pages;
    private final ByteSink out = new ByteSink(64 * 1024);
    private @Nullable UsageRow last;
    private boolean over;

    /** @param pages gives the rows that follow one, the first ones for null; fewer than a page's are the last */
    UsageCsvStream(Call call, Function<@Nullable UsageRow, List<UsageRow>> pages) {
        this.call = call;
        this.pages = pages;
    }

    /** Reads the first page. @throws DataAccessException when it cannot be read: then nothing has been shown */
    void begin() {
        out.ascii(HEADER);
        page();
    }

    @Override
    public ByteSink out() {
        return out;
    }

    @Override
    public boolean advance() {
        if (over || call.stopped() != null) {
            over = true;
            return false;
        }
        try {
            page();
        } catch (DataAccessException away) {
            over = true;
            var failure = StatsSteps.unavailable();
            call.fail(failure);
            out.utf8("INCOMPLETE," + cell(failure.message()) + "\r\n");
        }
        return !over;
    }

    private void page() {
        var rows = pages.apply(last);
        rows.forEach(this::append);
        over = rows.size() < UsageRowRepository.PAGE;
        last = rows.isEmpty() ? last : rows.getLast();
    }

    private void append(UsageRow row) {
        out.utf8(String.join(
                ",",
                row.minute().toString(),
                row.keyId().toString(),
                cell(row.keyName()),
                cell(row.model()),
                cell(row.provider()),
                cell(row.currency()),
                String.valueOf(row.calls()),
                String.valueOf(row.failures()),
                String.valueOf(row.estimated()),
                String.valueOf(row.inputTokens()),
                String.valueOf(row.cachedInputTokens()),
                String.valueOf(row.cacheWriteTokens()),
                String.valueOf(row.outputTokens()),
                String.valueOf(row.reasoningTokens()),
                Money.of(row.costNanos()).toPlainString()));
        out.ascii("\r\n");
    }

    /** Quoted where it must be; a text that a spreadsheet would compute gets an apostrophe in front, as OWASP advises. */
    static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    @Override
    public void close() {
        over = true;
    }
}
