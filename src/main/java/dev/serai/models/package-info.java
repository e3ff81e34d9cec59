/** The model list: the public names of ROUTES_CONFIG in the shapes that clients read. */
@NullMarked
package dev.serai.models;

import org.jspecify.annotations.NullMarked;
