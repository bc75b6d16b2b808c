/// What a project's file says about signing and verifying its artifacts in pipelines.
///
/// It is followed only when it is named, and it is never looser than the site's floor.
@NullMarked
package dev.chancery.domain.pipeline;

import org.jspecify.annotations.NullMarked;
