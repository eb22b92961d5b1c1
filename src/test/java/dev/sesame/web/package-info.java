/// Stories of the web UI, in a real browser against the built server.
@NullMarked
package dev.sesame.web;

import org.jspecify.annotations.NullMarked;
