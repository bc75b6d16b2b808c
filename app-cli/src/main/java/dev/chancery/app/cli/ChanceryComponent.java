package dev.chancery.app.cli;

import dagger.BindsInstance;
import dagger.Component;
import dev.chancery.app.cli.command.Command;
import java.util.Map;
import javax.inject.Named;
import javax.inject.Provider;
import javax.inject.Singleton;

/// The program, put together.
@Singleton
@Component(modules = {ChanceryModule.class, RegistryModule.class, CommandsModule.class})
interface ChanceryComponent {
    /// The subcommands by their names.
    Map<String, Provider<Command>> commands();

    /// Puts it together.
    @Component.Factory
    interface Factory {
        /// The program for one run.
        ///
        /// @param many whether so many signatures are verified that loading the fast provider pays
        ChanceryComponent create(@BindsInstance @Named("many") boolean many);
    }
}
