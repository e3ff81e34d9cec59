/** Bytes that nobody meant: whatever comes from a caller or an upstream is read, refused or told as a failure, and costs no more than its size. */
@org.jspecify.annotations.NullMarked
package dev.serai.fuzz;
