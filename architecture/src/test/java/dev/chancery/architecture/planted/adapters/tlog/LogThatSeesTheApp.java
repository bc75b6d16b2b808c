package dev.chancery.architecture.planted.adapters.tlog;

import dev.chancery.architecture.planted.app.cli.Command;

interface LogThatSeesTheApp {
    Command command();
}
