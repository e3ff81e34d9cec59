package dev.serai.tenant;

import java.util.List;

/**
 * Some keys of a list.
 *
 * @param total how many the whole list has
 */
public record KeyPage(List<KeyRecord> keys, long total) {

    public KeyPage {
        keys = List.copyOf(keys);
    }
}
