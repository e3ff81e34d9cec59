package dev.serai.dispatch;

import dev.serai.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * Which member of a pool a call must go to, whoever's turn it is: such as the account at which a conversation is kept. The
 * call is then tried at no other member of that pool, so that what becomes of it is told of the right one. A bean of a
 * provider with a pool may be one.
 */
public interface MemberChoice {

    /** The kind of provider. */
    String kind();

    /**
     * The member's name, or null when anybody will do.
     *
     * @throws dev.serai.message.Refusal when the call asks for what nobody has
     */
    @Nullable
    String member(Call call);
}
