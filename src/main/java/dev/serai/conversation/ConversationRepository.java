package dev.serai.conversation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code conversation}. */
@Component
final class ConversationRepository {

    private final JdbcClient jdbc;

    ConversationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The key's conversation of this name, if its last turn was after {@code since}. */
    Optional<Conversation> find(UUID key, String provider, String id, Instant since) {
        return jdbc.sql("""
                        select account_id, model
                          from conversation
                         where key_id = :key and provider = :provider and conversation_id = :id and last_used_at > :since
                        """)
                .param("key", key)
                .param("provider", provider)
                .param("id", id)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Conversation(provider, id, row.getString("account_id"), row.getString("model")))
                .optional();
    }

    /** Keeps it, with its newest turn at {@code now}. @return false when its account has gone */
    boolean keep(UUID key, Conversation conversation, Instant now) {
        return jdbc.sql("""
                        insert into conversation (key_id, provider, conversation_id, account_id, model, last_used_at)
                        select :key, :provider, :id, account.id, :model, :now
                          from account
                         where account.id = :account
                        on conflict (key_id, provider, conversation_id) do update
                           set account_id = excluded.account_id, model = excluded.model,
                               last_used_at = excluded.last_used_at
                        """)
                        .param("key", key)
                        .param("provider", conversation.provider())
                        .param("id", conversation.id())
                        .param("account", conversation.account())
                        .param("model", conversation.model())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    /** Forgets those without a turn since then, at most {@code most}; leaves alone what another replica is deleting. */
    int deleteUnused(Instant since, int most) {
        return jdbc.sql("""
                        delete from conversation
                         where (key_id, provider, conversation_id) in (
                               select key_id, provider, conversation_id
                                 from conversation
                                where last_used_at <= :since
                                order by last_used_at
                                limit :most
                                  for update skip locked)
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }
}
