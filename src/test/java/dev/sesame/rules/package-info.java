/// The rules of the house, checked: which package may use which, how large things may grow, what every package and
/// page must say. Each failure tells what to do. Reads the compiled classes of the product, its sources and the
/// tracked files; knows no feature.
@NullMarked
package dev.sesame.rules;

import org.jspecify.annotations.NullMarked;
