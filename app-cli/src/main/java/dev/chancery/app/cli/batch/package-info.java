/// Batches: files with one JSON object a line (JSONL), and one result line for each, in the same order.
@NullMarked
package dev.chancery.app.cli.batch;

import org.jspecify.annotations.NullMarked;
