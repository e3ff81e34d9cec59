package dev.serai.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private final BodyBudget budget = new BodyBudget(100);

    @Test
    void whatIsNotFreeIsRefusedAndTakesNothing() {
        budget.take(80);
        assertThatThrownBy(() -> budget.take(30)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.failure().kind()).isEqualTo(Kind.OVERLOADED);
            assertThat(refusal.failure().retryAfter()).isNotNull();
        });
        assertThat(budget.free()).isEqualTo(20);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        budget.take(100);
        budget.giveBack(100);
        budget.take(100);
        assertThat(budget.free()).isZero();
    }
}
