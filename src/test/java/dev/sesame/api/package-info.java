/// The API as its OpenAPI document describes it, held to the code and to the answers of a running server: that both
/// have the same operations, who may call them, and that no input whatever gets an answer that the document does
/// not know.
@NullMarked
package dev.sesame.api;

import org.jspecify.annotations.NullMarked;
