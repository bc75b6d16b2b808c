/// The page on which a browser's passkeys and security keys are asked: on the loopback interface, for one request, behind a token that is used once.
///
/// What the page shows comes from this program, escaped, and nothing is loaded from elsewhere (Content Security Policy). What it sends back is
/// verified before anything is said to have worked. Other pages can't read the token, can't send an answer (Origin and Host are checked),
/// and couldn't make one: the browser writes the origin into what is signed.
@NullMarked
package dev.chancery.app.cli.approval.page;

import org.jspecify.annotations.NullMarked;
