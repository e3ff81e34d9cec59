package dev.serai.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which media the answer may hold.
 *
 * @param output such as {@code text}, {@code audio}, {@code image}
 * @param audio voice and format as the OpenAI protocols write them
 */
public record Modalities(List<String> output, @Nullable JsonNode audio) {

    public Modalities {
        output = List.copyOf(output);
    }
}
