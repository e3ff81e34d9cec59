package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.Figures;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.chatglm.ChatglmAccount;
import dev.serai.testkit.chatglm.ChatglmAnswer;
import dev.serai.testkit.chatglm.ChatglmAsked;
import dev.serai.testkit.chatglm.ChatglmChat;
import dev.serai.testkit.chatglm.ChatglmEndpoint;
import dev.serai.testkit.chatglm.ChatglmGateway;
import dev.serai.testkit.chatglm.ChatglmPart;
import dev.serai.testkit.chatglm.ChatglmRefusal;
import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.Pace;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool of accounts at chatglm.cn's emulator, and what becomes of conversations there. */
class ChatglmAccountsProof {

    private static final int CALLS = 200;

    private final ChatglmGateway stage = ChatglmGateway.shared();
    private List<ChatglmAccount> accounts = List.of();

    @AfterEach
    void nothingWasAskedThatNoBrowserAsks() {
        assertThat(stage.site().gate().complaints()).isEmpty();
    }

    @Test
    void oneHealthyAccountOfTenServesEveryCall() {
        accounts = stage.fresh(10);
        accounts.subList(0, 3).forEach(stage.site().accounts()::kill);
        accounts.subList(3, 5).forEach(dead -> dead.always(ChatglmEndpoint.STREAM, ChatglmRefusal.GUEST_EXHAUSTED));
        accounts.subList(5, 7).forEach(limited -> limited.always(ChatglmEndpoint.STREAM, ChatglmRefusal.THROTTLED));
        accounts.subList(7, 9).forEach(busy -> busy.always(ChatglmEndpoint.STREAM, ChatglmRefusal.BUSY));

        long failed = Stream.generate(() -> stage.ask(false).statusCode())
                .limit(CALLS)
                .filter(status -> status != 200)
                .count();

        assertThat(failed).isZero();
        assertThat(accounts.getLast().turns()).isEqualTo(CALLS);
        Figures.say("1 healthy account of 10: " + CALLS + " calls, " + failed + " failed");
    }

    @Test
    void anEmptyFinishIsALimitAndAnotherAccountAnswers() {
        accounts = stage.fresh(5);
        var empty = accounts.subList(0, 4);
        stage.site()
                .chat()
                .answers(question -> empty.contains(question.account())
                        ? ChatglmAnswer.empty()
                        : ChatglmAnswer.of(ChatglmPart.text("Here.")));

        for (int i = 0; i < 20; i++) {
            assertThat(stage.ask(i % 2 == 0).body()).contains("Here.");
        }
    }

    @Test
    void allDeadIsA503WithTheReasonUntilOneLivesAgain() {
        accounts = stage.fresh(3);
        for (var account : accounts) {
            account.always(ChatglmEndpoint.REFRESH, ChatglmRefusal.REFRESH_EXPIRED);
        }

        assertThat(stage.ask(false).statusCode()).isEqualTo(503);
        await().until(() -> stage.usable() == 0);
        var answer = stage.ask(true);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("no account for chatglm-web can be used: The refresh token has expired (3)");
        assertThat(answer.headers().firstValue("retry-after")).isPresent();

        accounts.get(1).always(ChatglmEndpoint.REFRESH, null);
        long since = System.nanoTime();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> stage.ask(false).statusCode() == 200);
        var took = Duration.ofNanos(System.nanoTime() - since);

        assertThat(took).isLessThan(Duration.ofSeconds(3));
        assertThat(accounts.get(1).turns()).isEqualTo(1);
        Figures.say(
                "all accounts dead: 503; one lives again after " + took.toMillis() + " ms with checks every 1,000 ms");
    }

    @Test
    void accountsTakeTurns() {
        accounts = stage.fresh(4);

        for (int i = 0; i < 20; i++) {
            assertThat(stage.ask(false).statusCode()).isEqualTo(200);
        }

        assertThat(accounts).extracting(ChatglmAccount::turns).containsExactly(5, 5, 5, 5);
    }

    @Test
    void aRotatedRefreshTokenIsUsedTheNextTime() {
        accounts = stage.fresh(1);
        var account = accounts.getFirst();
        for (int i = 1; i <= 3; i++) {
            assertThat(stage.ask(false).statusCode()).isEqualTo(200);
            assertThat(account.refreshes()).isEqualTo(i);
            stage.site().accounts().killAccess(account);
            stage.site().accounts().keepNewestRefreshToken(account);
        }
        assertThat(stage.ask(false).statusCode()).isEqualTo(200);
    }

    @Test
    void aConversationIsDeletedWhenItsCallIsOver() {
        accounts = stage.fresh(1);

        stage.ask(false);
        stage.ask(true);

        await().until(() -> left().isEmpty());
        assertThat(accounts.getFirst().turns()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConversationIsDeletedAlsoWhenItsAnswerBreaks(boolean stream) {
        accounts = stage.fresh(1);
        stage.site()
                .chat()
                .answers(question ->
                        ChatglmAnswer.of(ChatglmPart.text("It ", "is ")).by(Delivery.WHOLE.ends(Ending.RESET, 1)));

        stage.ask(stream);

        await().until(() -> left().isEmpty());
    }

    @Test
    void aKeptConversationGoesOnAtTheAccountThatItBeganWith() {
        accounts = stage.fresh(4);
        int before = stage.site().chat().asked().size();
        var begun = stage.gateway().chat(stage.body(false, ",\"conversation_id\":\"\""));
        String conversation =
                begun.headers().firstValue("x-gateway-conversation").orElseThrow();

        for (int i = 0; i < 5; i++) {
            var next = stage.gateway().chat(stage.body(true, ",\"conversation_id\":\"" + conversation + "\""));
            assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
        }

        var turns = stage.site().chat().asked().stream().skip(before).toList();
        assertThat(turns)
                .hasSize(6)
                .extracting(ChatglmAsked::account)
                .containsOnly(turns.getFirst().account());
        assertThat(turns).extracting(ChatglmAsked::conversation).containsOnly(conversation);
        assertThat(left()).containsExactly(conversation);
        stage.site().chat().drop(conversation);
    }

    @Test
    void aConversationThatTheServiceHasForgottenIsTheCallersError() {
        accounts = stage.fresh(2);
        var begun = stage.gateway().chat(stage.body(false, ",\"conversation_id\":\"\""));
        String conversation =
                begun.headers().firstValue("x-gateway-conversation").orElseThrow();
        stage.site().chat().drop(conversation);

        var next = stage.gateway().chat(stage.body(false, ",\"conversation_id\":\"" + conversation + "\""));

        assertThat(next.statusCode()).as(next.body()).isEqualTo(400);
        assertThat(next.body()).contains("conversation_id");
    }

    @Test
    void aCallerWhoLeavesWhileItFlowsStopsTheServiceAndLeavesNothingThere() {
        accounts = stage.fresh(1);
        int ended = stage.site().chat().ended().size();
        stage.site()
                .chat()
                .says(ChatglmAnswer.of(ChatglmPart.text(
                                Stream.generate(() -> "tick ").limit(2_000).toArray(String[]::new)))
                        .as(dev.serai.testkit.chatglm.ChatglmShape.DELTAS)
                        .by(Delivery.WHOLE.at(Pace.every(Duration.ofMillis(10)))));

        leaveAfter("tick");

        assertThat(endedTurn(ended, Duration.ofSeconds(3)).ending()).isEqualTo(Ending.LEFT);
        await().until(() -> left().isEmpty());
    }

    @Test
    void aCallerWhoLeavesWhileAllIsSilentStopsTheServiceToo() {
        accounts = stage.fresh(1);
        int ended = stage.site().chat().ended().size();
        stage.site()
                .chat()
                .says(ChatglmAnswer.of(ChatglmPart.text("tick ", "tock")).by(Delivery.WHOLE.ends(Ending.STALL, 1)));

        leaveAfter("tick");

        assertThat(endedTurn(ended, Duration.ofSeconds(7)).ending()).isEqualTo(Ending.LEFT);
        await().until(() -> left().isEmpty());
    }

    /** Conversations that are still there. */
    private List<String> left() {
        return stage.site().chat().undeleted(accounts);
    }

    private void leaveAfter(String piece) {
        try (var client = new RawClient(stage.gateway().port())) {
            client.send(RawClient.chat(stage.body(true, ""))).readUntil(piece);
            client.reset();
        }
    }

    private ChatglmChat.Turn endedTurn(int before, Duration within) {
        await().atMost(within).until(() -> stage.site().chat().ended().size() > before);
        List<ChatglmChat.Turn> ended = stage.site().chat().ended();
        return ended.get(before);
    }
}
