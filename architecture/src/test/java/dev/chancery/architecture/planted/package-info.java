/// Classes that break the rules, laid out as the modules are: PlantedViolationsTest shows that each rule finds its own.
@NullMarked
package dev.chancery.architecture.planted;

import org.jspecify.annotations.NullMarked;
