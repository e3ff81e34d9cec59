package dev.serai.docs;

import dev.serai.testkit.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What came of the tests of this build, by {@code Class#method}: read from the reports that surefire has written, and
 * from what the tests said of themselves.
 */
record TestRun(Map<String, Result> results, Map<String, String> figures) {

    /** A test with several parts has passed when all of them have. */
    enum Result {
        PASSED,
        SKIPPED,
        FAILED;

        Result and(Result other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    static TestRun of(Path reports, Path figures) throws IOException {
        var results = new HashMap<String, Result>();
        for (Path report : files(reports, "TEST-*.xml")) {
            read(report, results);
        }
        var said = new HashMap<String, String>();
        for (Path figure : files(figures, "*#*")) {
            said.put(figure.getFileName().toString(), Files.readString(figure));
        }
        return new TestRun(Map.copyOf(results), Map.copyOf(said));
    }

    static TestRun ofThisBuild() throws IOException {
        return of(Path.of("target", "surefire-reports"), Figures.FOLDER);
    }

    private static List<Path> files(Path folder, String glob) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(folder, glob)) {
            return java.util.stream.StreamSupport.stream(files.spliterator(), false)
                    .sorted()
                    .toList();
        }
    }

    private static void read(Path report, Map<String, Result> results) {
        try {
            var cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                var test = (Element) cases.item(i);
                results.merge(name(test), result(test), Result::and);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(report.toString(), e);
        }
    }

    /** Surefire adds parameters and the numbers of parts to a method's name. */
    private static String name(Element test) {
        return test.getAttribute("classname").replaceFirst(".*\\.", "") + "#"
                + test.getAttribute("name").replaceFirst("[^A-Za-z0-9_].*", "");
    }

    private static Result result(Element test) {
        boolean failed = test.getElementsByTagName("failure").getLength()
                        + test.getElementsByTagName("error").getLength()
                > 0;
        boolean skipped = test.getElementsByTagName("skipped").getLength() > 0;
        return failed ? Result.FAILED : skipped ? Result.SKIPPED : Result.PASSED;
    }
}
