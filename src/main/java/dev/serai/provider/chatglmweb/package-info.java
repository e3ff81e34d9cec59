/** chatglm.cn's web service, reached with accounts that an operator has brought. */
@NullMarked
package dev.serai.provider.chatglmweb;

import org.jspecify.annotations.NullMarked;
