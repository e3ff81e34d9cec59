/** All wires side by side, for laws that hold for any of them: what is spoken, random conversations and answers, what they say. */
@org.jspecify.annotations.NullMarked
package dev.serai.wires;
