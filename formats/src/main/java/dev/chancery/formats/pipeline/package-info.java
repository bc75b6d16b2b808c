/// The sections `artifacts.signing` and `artifacts.verification` of a project's YAML file (docs/pipelines.md).
@NullMarked
package dev.chancery.formats.pipeline;

import org.jspecify.annotations.NullMarked;
