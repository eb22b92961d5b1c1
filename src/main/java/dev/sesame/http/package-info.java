/// The edge: problem details, the failure handlers that everything leaves through, body rules, rate limits, the SSE
/// writer, security headers, static files. Knows HTTP and no feature.
@NullMarked
package dev.sesame.http;

import org.jspecify.annotations.NullMarked;
