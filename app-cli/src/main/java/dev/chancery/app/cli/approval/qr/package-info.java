/// QR codes (ISO/IEC 18004) of requests and answers, for a gap that only light crosses: byte mode, level L, versions 1 to 40, on a terminal and as PNG.
@NullMarked
package dev.chancery.app.cli.approval.qr;

import org.jspecify.annotations.NullMarked;
