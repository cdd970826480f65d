package dev.corsac.cli.option;

import dev.corsac.doctor.problem.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The {@code --stack} for which a fix is wanted. */
public final class StackOption implements ITypeConverter<Stack> {
  @Override
  public Stack convert(String id) {
    try {
      return Stack.parse(id);
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(String.valueOf(unknown.getMessage()));
    }
  }

  /** The names, for the help. */
  public static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    /** Those of all stacks. */
    public Names() {
      super(Arrays.stream(Stack.values()).map(Stack::id).toList());
    }
  }
}
