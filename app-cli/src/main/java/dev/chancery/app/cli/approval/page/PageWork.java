package dev.chancery.app.cli.approval.page;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonValue;

/// What a page is there for. Called by one thread at a time.
interface PageWork {
    /// The page, in HTML. What comes from outside is escaped in it.
    String page();

    /// What the page's script is to ask of the browser, made when the person says yes.
    ///
    /// @param json what the page's script knows so far, from outside
    /// @throws ProblemException when it may not be asked now
    JsonValue ask(Bytes json) throws ProblemException;

    /// Takes what the browser answered.
    ///
    /// @param json from outside
    /// @throws ProblemException when it isn't good; the page shows why, and may try again
    void answer(Bytes json) throws ProblemException;
}
