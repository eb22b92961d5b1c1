package dev.sesame.bench;

import java.util.List;

/// Something to be measured, with all it needs made and removed by itself.
interface Measurement {

    /// As it is called on the command line.
    String name();

    List<Figure> measure() throws Exception;
}
