/// YAML 1.2.2, limited to what JSON can say.
@NullMarked
package dev.chancery.formats.yaml;

import org.jspecify.annotations.NullMarked;
