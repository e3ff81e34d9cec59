package dev.serai.provider.zaiweb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZaiSignatureTest {

    private final Signature signature = new Signature("key-@@@@)))()((9))-xxxx&&&%%%%%");

    @ParameterizedTest
    @CsvSource({
        "1767225600000, hello, c7e9809fae69bac9541065c719f0f8533ae4fa3886145b098d8f24ea61fbcc6d",
        "1767225899999, héllo 你好, 9d72c5cd05667971613ad7d0d35dc55dd1222c1a674324cce22271b63971292c"
    })
    void theVectorsOfTheWireAreMet(long millis, String prompt, String signed) {
        assertThat(signature.of("11111111-2222-4333-8444-555555555555", "user-0001", millis, prompt))
                .isEqualTo(signed);
    }
}
