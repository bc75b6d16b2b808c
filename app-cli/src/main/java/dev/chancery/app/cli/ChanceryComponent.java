package dev.chancery.app.cli;

import dagger.Component;
import dev.chancery.app.cli.command.Command;
import java.util.Map;
import javax.inject.Provider;
import javax.inject.Singleton;

/// The whole program.
@Singleton
@Component(modules = {ChanceryModule.class, CommandsModule.class})
interface ChanceryComponent {
    Map<String, Provider<Command>> commands();
}
