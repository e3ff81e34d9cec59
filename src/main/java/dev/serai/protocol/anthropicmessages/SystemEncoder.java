package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.SystemBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system text: a string for one plain block, else the blocks in their order. */
final class SystemEncoder {

    private SystemEncoder() {}

    /**
     * @param prompt an operator's text, in front
     * @param instruction what emulates a feature of the request, at the end
     */
    static void write(
            ChatRequest request,
            @Nullable String prompt,
            @Nullable String instruction,
            CacheMarks cache,
            ObjectNode body) {
        List<SystemBlock> blocks = new ArrayList<>();
        add(prompt, blocks);
        request.system().stream().filter(block -> !block.text().isBlank()).forEach(blocks::add);
        add(instruction, blocks);
        if (blocks.size() == 1 && blocks.getFirst().cache() == null) {
            body.put("system", blocks.getFirst().text());
        } else if (!blocks.isEmpty()) {
            ArrayNode array = body.putArray("system");
            for (SystemBlock block : blocks) {
                array.add(cache.mark(Json.object().put("type", "text").put("text", block.text()), block.cache()));
            }
        }
    }

    private static void add(@Nullable String text, List<SystemBlock> blocks) {
        if (text != null && !text.isBlank()) {
            blocks.add(SystemBlock.of(text));
        }
    }
}
