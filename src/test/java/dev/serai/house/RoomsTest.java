package dev.serai.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.serai");

    @Test
    void roomsDependOnEachOtherInOneDirection() {
        slices().matching("dev.serai.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theCanonicalMessageKnowsNothingElseOfSerai() {
        noClasses()
                .that()
                .resideInAPackage("dev.serai.message..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are of another room",
                        type -> type.getPackageName().startsWith("dev.serai")
                                && !type.getPackageName().startsWith("dev.serai.message")))
                .check(CLASSES);
    }

    @Test
    void aProtocolNeverSeesAnother() {
        slices().matching("dev.serai.protocol.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void aProviderNeverSeesAnother() {
        slices().matching("dev.serai.provider.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void aPolicyNeverSeesAnother() {
        slices().matching("dev.serai.policy.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void sqlStaysInTheRoomsThatOwnATable() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.serai.database..",
                        "dev.serai.tenant..",
                        "dev.serai.usage..",
                        "dev.serai.quota..",
                        "dev.serai.transcript..",
                        "dev.serai.account..",
                        "dev.serai.media..",
                        "dev.serai.conversation..",
                        "dev.serai.imports..",
                        "dev.serai.admin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..")
                .check(CLASSES);
    }

    @Test
    void timeComesFromTheClockBean() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void whatABeanNeedsComesThroughItsConstructor() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
    }

    @Test
    void loggingGoesThroughOneInterface() {
        fields().that()
                .haveRawType(org.slf4j.Logger.class)
                .should()
                .bePrivate()
                .andShould()
                .beStatic()
                .andShould()
                .beFinal()
                .check(CLASSES);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }
}
