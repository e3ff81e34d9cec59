package dev.serai.protocol.openairesponses;

/** Numbers the parts of one streamed answer in the order in which they begin. */
final class PartNumbers {

    private int count;

    int next() {
        return count++;
    }
}
