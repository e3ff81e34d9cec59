package dev.serai.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** One call of the admin API as a step of its route. A database that is away is told as such. */
final class AdminStep implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(AdminStep.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Function<AdminRequest, AdminReply> work;
    private final ObjectMapper json;

    AdminStep(Function<AdminRequest, AdminReply> work, ObjectMapper json) {
        this.work = work;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        var call = Call.of(exchange);
        try {
            answer(call, work.apply(new AdminRequest(call)));
        } catch (AdminRefusal refusal) {
            var failure = Failure.of(Kind.INVALID_REQUEST, FailureClass.CLIENT, refusal.told());
            call.fail(failure);
            var body = AdminError.of(call.client().path(), refusal.told(), refusal.field());
            answer(call, new AdminReply(refusal.status(), body));
        } catch (DataAccessException | TransactionException away) {
            if (!isOutage(away)) {
                throw away;
            }
            LOG.warn("Call {}: the database cannot be asked", call.id());
            throw new Refusal(
                    Failure.of(Kind.OVERLOADED, FailureClass.GATEWAY, "The database cannot be asked right now")
                            .withRetryAfter(RETRY_AFTER));
        }
    }

    private static boolean isOutage(RuntimeException e) {
        return e instanceof TransactionException
                || e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof NonTransientDataAccessResourceException;
    }

    private void answer(Call call, AdminReply reply) throws JsonProcessingException {
        byte[] body = reply.body() == null ? new byte[0] : json.writeValueAsBytes(reply.body());
        call.answer(new Answer.Whole(reply.status(), "application/json", body));
    }
}
