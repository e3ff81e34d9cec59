/** The private web API of chat.z.ai: sessions, signature, requests, and answers that are documents being edited. */
@NullMarked
package dev.serai.provider.zaiweb;

import org.jspecify.annotations.NullMarked;
