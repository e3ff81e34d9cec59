package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class RoutesConfigStoreTest {

    private static final String BROKEN = "b:\n  providers: []\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    private final MockEnvironment environment = ConfigReading.environment();

    @BeforeEach
    void fileHasOneModel() throws IOException {
        file = folder.resolve("routes.yaml");
        environment.setProperty("ROUTES_CONFIG_FILE", file.toString());
        write("a");
    }

    @Test
    void reloadSwapsWholeAndACallKeepsWhatItTook() throws IOException {
        var store = store();
        var taken = store.current();
        write("b");
        var reload = store.reload();

        assertThat(reload).isInstanceOf(Reload.Swapped.class);
        assertThat(names(store.current())).containsExactly("b");
        assertThat(store.current().generation()).isEqualTo(taken.generation() + 1);
        assertThat(names(taken)).containsExactly("a");
        assertThat(store.origin()).isEqualTo(file.toString());
    }

    @Test
    void brokenFileKeepsTheOldAndIsToldWithLineAndReason() throws IOException {
        var store = store();
        Files.writeString(file, BROKEN);

        assertThat(store.reload()).isInstanceOfSatisfying(Reload.Refused.class, refused -> {
            assertThat(refused.report()).contains("routes.yaml").contains("line 2, b.providers: must be a list");
            assertThat(refused.problems()).hasSize(1);
        });
        assertThat(names(store.current())).containsExactly("a");
        assertThat(store.current().generation()).isEqualTo(1);
    }

    @Test
    void changeIsTakenUpWhenTwoLooksSawTheSame() throws IOException {
        var store = store();
        assertThat(store.check()).isEmpty();
        write("half");
        assertThat(store.check()).isEmpty();
        write("whole");
        assertThat(store.check()).isEmpty();
        assertThat(store.check()).containsInstanceOf(Reload.Swapped.class);
        assertThat(names(store.current())).containsExactly("whole");
        assertThat(store.check()).isEmpty();
    }

    @Test
    void refusedFileIsTriedAgainOnlyWhenItChanges() throws IOException {
        var store = store();
        Files.writeString(file, BROKEN);
        assertThat(look(store)).containsInstanceOf(Reload.Refused.class);
        assertThat(look(store)).isEmpty();
        write("c");
        assertThat(look(store)).containsInstanceOf(Reload.Swapped.class);
    }

    @Test
    void sameTimeAndSizeDoNotHideAChange() throws IOException {
        var time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(file, time);
        var store = store();
        write("b");
        Files.setLastModifiedTime(file, time);
        assertThat(look(store)).containsInstanceOf(Reload.Swapped.class);
    }

    @Test
    void touchedFileIsNotAChange() throws IOException {
        var store = store();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_900_000_000_000L));
        assertThat(look(store)).isEmpty();
    }

    @Test
    void replacementByRenameIsSeen() throws IOException {
        var store = store();
        var other = Files.writeString(folder.resolve("other.yaml"), "b: [{provider: simulator}]");
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(look(store)).containsInstanceOf(Reload.Swapped.class);
    }

    @Test
    void swapOfALinkIsSeen() throws IOException {
        var first = Files.createDirectory(folder.resolve("..v1"));
        var second = Files.createDirectory(folder.resolve("..v2"));
        Files.writeString(first.resolve("routes.yaml"), "a: [{provider: simulator}]");
        Files.writeString(second.resolve("routes.yaml"), "b: [{provider: simulator}]");
        var data = Files.createSymbolicLink(folder.resolve("..data"), first);
        Files.delete(file);
        Files.createSymbolicLink(file, data.resolve("routes.yaml"));
        var store = store();

        var next = Files.createSymbolicLink(folder.resolve("..tmp"), second);
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(look(store)).containsInstanceOf(Reload.Swapped.class);
        assertThat(names(store.current())).containsExactly("b");
    }

    @Test
    void fileThatIsGoneOrEmptyKeepsTheOld() throws IOException {
        var store = store();
        Files.writeString(file, "# all commented out\n");
        assertThat(look(store)).containsInstanceOf(Reload.Refused.class);
        Files.delete(file);
        assertThat(look(store)).containsInstanceOf(Reload.Refused.class);
        assertThat(names(store.current())).containsExactly("a");
    }

    @Test
    void usualFileThatAppearsTakesOverFromZeroConfiguration() throws IOException {
        environment.setProperty("ROUTES_CONFIG_FILE", "");
        var store = store();
        assertThat(names(store.current())).containsExactly("demo");
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/routes-config.yaml"), "b: [{provider: simulator}]");
        assertThat(look(store)).containsInstanceOf(Reload.Swapped.class);
        assertThat(names(store.current())).containsExactly("b");
    }

    @Test
    void rotatedKeyFileIsTakenUp() throws IOException {
        var key = Files.writeString(folder.resolve("key"), "old");
        environment.setProperty("ROTATED_FILE", key.toString());
        Files.writeString(file, "a: [{provider: zhipu, model: g, apiKeys: [ROTATED]}]");
        var store = store();
        Files.writeString(key, "new");
        assertThat(look(store)).containsInstanceOf(Reload.Swapped.class);
        var keys = store.current().models().getFirst().providers().getFirst().keys();
        assertThat(keys.getFirst().secret().reveal()).isEqualTo("new");
        assertThat(look(store)).isEmpty();
    }

    @Test
    void listenersHearOfEverySwapAndABrokenOneStopsNobody() throws IOException {
        var store = store();
        List<Long> heard = new ArrayList<>();
        store.onSwap(config -> {
            throw new IllegalStateException("listener");
        });
        store.onSwap(config -> heard.add(config.generation()));
        write("b");
        store.reload();
        Files.writeString(file, BROKEN);
        store.reload();
        assertThat(heard).containsExactly(2L);
    }

    @Test
    void brokenFileAtTheStartIsNoStore() throws IOException {
        Files.writeString(file, BROKEN);
        assertThatThrownBy(this::store)
                .isInstanceOf(RoutesConfigException.class)
                .hasMessageContaining("line 2, b.providers");
    }

    @Test
    void examinationUsesNothing() {
        var store = store();
        var examined = store.examine("x: [{provider: zhipu, model: g, apiKeys: [GONE, ZHIPU_KEY_1]}]");
        assertThat(examined.models()).containsExactly("x");
        assertThat(examined.problems()).isEmpty();
        assertThat(examined.warnings()).hasSize(1);
        assertThat(store.examine(BROKEN).problems()).hasSize(1);
        assertThat(names(store.current())).containsExactly("a");
    }

    @Test
    void watcherTakesUpAChangeByItself() throws IOException {
        var store = store();
        try (var watcher = new RoutesConfigWatcher(store, Duration.ofMillis(5))) {
            assertThat(watcher).isNotNull();
            write("b");
            await().until(() -> names(store.current()).contains("b"));
        }
    }

    private static Optional<Reload> look(RoutesConfigStore store) {
        var first = store.check();
        return first.isPresent() ? first : store.check();
    }

    private RoutesConfigStore store() {
        return new RoutesConfigStore(new RoutesConfigLoader(new RoutesConfigSource(environment, folder)));
    }

    private void write(String name) throws IOException {
        Files.writeString(file, name + ": [{provider: simulator}]\n");
    }

    private static List<String> names(RoutesConfig config) {
        return config.models().stream().map(ModelEntry::name).toList();
    }
}
