/// Tests of QR codes.
@NullMarked
package dev.chancery.app.cli.approval.qr;

import org.jspecify.annotations.NullMarked;
