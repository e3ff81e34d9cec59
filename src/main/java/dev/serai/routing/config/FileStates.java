package dev.serai.routing.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a set of files holds, by the digests of their contents: the same for a file written in place, replaced by a
 * rename, or reached through a link that now points elsewhere, whatever the clock of the file system says.
 */
record FileStates(Map<Path, String> digests) {

    private static final long MAX_BYTES = 4L * TreeReader.MAX_CHARACTERS;

    static FileStates of(Collection<Path> files) {
        return new FileStates(Map.of()).over(files);
    }

    /** These states for those files; a file that is new here is looked at now. */
    FileStates over(Collection<Path> files) {
        Map<Path, String> others = new HashMap<>();
        for (var file : files) {
            var known = digests.get(file);
            others.put(file, known == null ? digest(file) : known);
        }
        return new FileStates(Map.copyOf(others));
    }

    private static String digest(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return Files.exists(file) ? "no file to read" : "absent";
            }
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            return "unreadable";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
