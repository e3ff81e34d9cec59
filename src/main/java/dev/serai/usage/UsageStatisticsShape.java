package dev.serai.usage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** The answer of {@code /admin/stats}. */
final class UsageStatisticsShape {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SHARE_DIGITS = 4;

    private UsageStatisticsShape() {}

    /** @param sums the total first, if there was any use */
    static ObjectNode of(UsageQuery query, List<UsageSum> sums) {
        var answer = JSON.objectNode()
                .put("from", query.from().toString())
                .put("to", query.to().toString())
                .put("by", query.by().name().toLowerCase(Locale.ROOT));
        var groups = sums.isEmpty() ? sums : sums.subList(1, sums.size());
        answer.put("truncated", groups.size() > UsageStatisticsRepository.MOST);
        answer.set("totals", sums.isEmpty() ? nothing() : figures(JSON.objectNode(), sums.getFirst()));
        var list = answer.putArray("groups");
        groups.stream().limit(UsageStatisticsRepository.MOST).forEach(sum -> list.add(group(query, sum)));
        return answer;
    }

    private static ObjectNode group(UsageQuery query, UsageSum sum) {
        var group = JSON.objectNode();
        switch (query.by()) {
            case KEY -> group.put("key_id", sum.group()).put("name", sum.keyName());
            case MODEL -> group.put("model", sum.group());
            case PROVIDER -> group.put("provider", sum.group());
            case MINUTE, HOUR, DAY -> group.put("time", sum.group());
        }
        return figures(group, sum);
    }

    private static ObjectNode figures(ObjectNode into, UsageSum sum) {
        into.put("calls", sum.calls())
                .put("failures", sum.failures())
                .put("input_tokens", sum.inputTokens())
                .put("cached_input_tokens", sum.cachedInputTokens())
                .put("cache_write_tokens", sum.cacheWriteTokens())
                .put("output_tokens", sum.outputTokens())
                .put("reasoning_tokens", sum.reasoningTokens())
                .put("total_tokens", sum.inputTokens().add(sum.outputTokens()))
                .put("estimated_calls", sum.estimated())
                .put("estimated_share", share(sum.estimated(), sum.calls()));
        var cost = into.putObject("cost");
        sum.costNanos().forEach((currency, nanos) -> cost.put(currency, Money.of(nanos)));
        return into;
    }

    private static BigDecimal share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? BigDecimal.ZERO : part.divide(whole, SHARE_DIGITS, RoundingMode.HALF_UP);
    }

    private static ObjectNode nothing() {
        var zero = BigDecimal.ZERO;
        return figures(
                JSON.objectNode(),
                new UsageSum(null, "", zero, zero, zero, zero, zero, zero, zero, zero, java.util.Map.of()));
    }
}
