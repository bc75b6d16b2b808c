/// What policies ask about statements: conditions on what their predicates say. Implementations are thread-safe, open no socket, and come to
/// an end in bounded time and memory whatever condition and statement are.
@NullMarked
package dev.chancery.ports.condition;

import org.jspecify.annotations.NullMarked;
