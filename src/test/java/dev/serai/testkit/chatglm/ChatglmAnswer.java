package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.emulator.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an assistant says in one turn.
 *
 * @param status of the final frame; {@code null} for a stream that ends without one
 * @param error what the final frame tells in {@code last_error}
 * @param errorMember whether it is told in the member {@code error} instead
 */
public record ChatglmAnswer(
        List<ChatglmPart> parts,
        @Nullable String status,
        ObjectNode error,
        boolean errorMember,
        ChatglmShape shape,
        Delivery delivery) {

    /** An answer that ends well. */
    public static ChatglmAnswer of(ChatglmPart... parts) {
        return new ChatglmAnswer(
                List.of(parts), "finish", Json.object(), false, ChatglmShape.CUMULATIVE, Delivery.WHOLE);
    }

    /** An end without anything said: the soft limit. */
    public static ChatglmAnswer empty() {
        return of();
    }

    /** The content filter steps in behind the parts. */
    public ChatglmAnswer intervenes(String text) {
        return ending("intervene", Json.object().put("intervene_text", text));
    }

    /** The turn fails behind the parts. */
    public ChatglmAnswer fails(int code, String message) {
        return ending("error", Json.object().put("error_code", code).put("err_msg", message));
    }

    /** The error in the member {@code error}. */
    public ChatglmAnswer inErrorMember() {
        return new ChatglmAnswer(parts, status, error, true, shape, delivery);
    }

    /** The body ends as it should, but no frame says that the answer does. */
    public ChatglmAnswer withoutStatus() {
        return new ChatglmAnswer(parts, null, error, errorMember, shape, delivery);
    }

    public ChatglmAnswer as(ChatglmShape other) {
        return new ChatglmAnswer(parts, status, error, errorMember, other, delivery);
    }

    public ChatglmAnswer by(Delivery other) {
        return new ChatglmAnswer(parts, status, error, errorMember, shape, other);
    }

    private ChatglmAnswer ending(String with, ObjectNode why) {
        return new ChatglmAnswer(parts, with, why, errorMember, shape, delivery);
    }
}
