/// `chancery request`: signing requests across an air gap.
@NullMarked
package dev.chancery.app.cli.approval;

import org.jspecify.annotations.NullMarked;
