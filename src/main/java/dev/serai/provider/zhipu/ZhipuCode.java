package dev.serai.provider.zhipu;

import dev.serai.message.FailureClass;
import dev.serai.provider.ErrorBody;
import org.jspecify.annotations.Nullable;

/** Zhipu's four-digit business codes, the vendor's list and the older ones still met. */
final class ZhipuCode {

    private ZhipuCode() {}

    /** The business code of an error, or -1. */
    static int find(ErrorBody error) {
        int code = error.number();
        if (business(code)) {
            return code;
        }
        int typed = error.type() == null ? -1 : known(error.type());
        return typed >= 0 || error.message() == null || code >= 0 ? typed : known(error.message());
    }

    /**
     * What a code means.
     *
     * @param status the HTTP status, or 0 under a 200 and inside a stream
     * @return null where only the status can tell
     */
    static @Nullable FailureClass type(int code, int status) {
        var listed = listed(code);
        return listed != null ? listed : unlisted(code, status);
    }

    private static @Nullable FailureClass listed(int code) {
        return switch (code) {
            case 1000, 1001, 1002, 1003, 1004, 1005, 1100, 1110, 1111, 1112, 1121 -> FailureClass.KEY_DEAD;
            case 1113, 1309, 1313, 1314 -> FailureClass.QUOTA;
            case 1120, 1200, 1230, 1234 -> FailureClass.UPSTREAM;
            case 1210, 1213, 1214, 1215, 1231 -> FailureClass.CLIENT;
            case 1211, 1212, 1221, 1222 -> FailureClass.MODEL;
            case 1220, 1311, 1315 -> FailureClass.KEY_RIGHTS;
            case 1261 -> FailureClass.CONTEXT;
            case 1300, 1301 -> FailureClass.CONTENT;
            case 1302, 1303 -> FailureClass.RATE;
            case 1304, 1308, 1310, 1316, 1317, 1318, 1319, 1320, 1321 -> FailureClass.QUOTA_WINDOW;
            case 1305, 1306, 1312 -> FailureClass.OVERLOAD;
            default -> null;
        };
    }

    private static @Nullable FailureClass unlisted(int code, int status) {
        return switch (code / 100) {
            case 10, 11 ->
                switch (status) {
                    case 0, 400, 401 -> FailureClass.KEY_DEAD;
                    case 403 -> FailureClass.KEY_RIGHTS;
                    case 402, 429 -> FailureClass.QUOTA;
                    default -> null;
                };
            case 12 -> status >= 500 ? FailureClass.UPSTREAM : FailureClass.CLIENT;
            case 13 -> status == 429 || status == 0 ? FailureClass.RATE : null;
            case 14 -> FailureClass.CLIENT;
            default -> null;
        };
    }

    private static boolean business(int code) {
        return code >= 1000 && code < 1500;
    }

    /** The first four-digit number in a text that is a listed code. */
    private static int known(String text) {
        int length = Math.min(text.length(), 500);
        int value = 0;
        int digits = 0;
        for (int i = 0; i <= length; i++) {
            char c = i < length ? text.charAt(i) : ' ';
            if (c >= '0' && c <= '9') {
                value = digits < 5 ? value * 10 + (c - '0') : value;
                digits++;
            } else {
                if (digits == 4 && listed(value) != null) {
                    return value;
                }
                value = 0;
                digits = 0;
            }
        }
        return -1;
    }
}
