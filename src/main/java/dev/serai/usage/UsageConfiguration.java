package dev.serai.usage;

import dev.serai.database.DataDirectory;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Puts the way of usage events together: journal, writer, tap. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UsageProperties.class)
class UsageConfiguration {

    private static final DataSize SEGMENT = DataSize.ofMegabytes(4);

    @Bean
    UsageJournal usageJournal(DataDirectory data, @Value("${JOURNAL_MAX_SIZE:256MB}") DataSize most) {
        return new UsageJournal(data.folder("journal"), most.toBytes(), SEGMENT.toBytes());
    }

    @Bean(initMethod = "start")
    UsageWriter usageWriter(
            UsageJournal journal,
            UsageEventRepository repository,
            UsageTap tap,
            List<Settlements> settlements,
            Clock clock) {
        return new UsageWriter(journal, repository::write, tap, settlements, clock);
    }
}
