package dev.corsac.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.util.TraceSignatureVisitor;

/**
 * What users of compiled classes can see and extend, as text: a paragraph a type, a line a member.
 */
final class PublicApi {
  private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

  /** Said by the kind of a type. */
  private static final Set<String> IMPLIED =
      Set.of("java/lang/Object", "java/lang/Record", "java/lang/Enum");

  private PublicApi() {}

  /**
   * The API of all classes below a folder, in the order of their names.
   *
   * @param notApi packages whose types are for the module alone, separated by colons; one that ends
   *     in {@code .*} stands for all below it
   */
  static String of(Path folder, String notApi) throws IOException {
    Map<String, String> types = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        if (!file.endsWith("module-info.class")) {
          TypePrinter printer = new TypePrinter();
          new ClassReader(Files.readAllBytes(file))
              .accept(printer, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
          printer.addTo(types);
        }
      }
    }
    // A nested type is seen only if each type around it is.
    types
        .keySet()
        .removeIf(
            name ->
                name.contains("$") && !types.containsKey(name.substring(0, name.lastIndexOf('$'))));
    for (String pattern : notApi.split(":", -1)) {
      types.keySet().removeIf(name -> isIn(name, pattern));
    }
    return String.join("\n", types.values());
  }

  private static boolean isIn(String type, String pattern) {
    String ofType = type.substring(0, type.lastIndexOf('.'));
    return pattern.endsWith(".*")
        ? ofType.startsWith(pattern.substring(0, pattern.length() - 1))
        : ofType.equals(pattern);
  }

  /** Collects the visible members of one class. */
  private static final class TypePrinter extends ClassVisitor {
    private final List<String> members = new ArrayList<>();
    private String name = "";
    private String head = "";
    private boolean visible;

    TypePrinter() {
      super(Opcodes.ASM9);
    }

    void addTo(Map<String, String> types) {
      if (visible) {
        members.sort(String::compareTo);
        types.put(name, head + "\n" + String.join("", members));
      }
    }

    @Override
    public void visit(
        int version,
        int access,
        String internalName,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      name = internalName.replace('/', '.');
      visible = (access & VISIBLE) != 0;
      head =
          kind(access, superName)
              + " "
              + name
              + supertypes(access, signature, superName, interfaces);
    }

    @Override
    public void visitInnerClass(
        String internalName, @Nullable String outer, @Nullable String inner, int access) {
      // The class's own flags lack protected, private and static.
      if (internalName.replace('/', '.').equals(name)) {
        visible = outer != null && (access & VISIBLE) != 0;
      }
    }

    @Override
    public void visitPermittedSubclass(String permitted) {
      head = head.startsWith("sealed ") ? head : "sealed " + head;
    }

    @Override
    public @Nullable RecordComponentVisitor visitRecordComponent(
        String component, String descriptor, @Nullable String signature) {
      members.add("  component " + component + "\n");
      return null;
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String field,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      if (isShown(access)) {
        String type =
            signature == null ? Type.getType(descriptor).getClassName() : fieldType(signature);
        members.add("  " + flags(access) + type + " " + field + "\n");
      }
      return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String method,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      if (isShown(access) && !method.equals("<clinit>")) {
        TraceSignatureVisitor types = new TraceSignatureVisitor(access);
        new SignatureReader(signature == null ? descriptor : signature).accept(types);
        String thrown =
            exceptions == null ? "" : " throws " + String.join(", ", exceptions).replace('/', '.');
        members.add(
            "  "
                + flags(access)
                + (method.equals("<init>") ? "new" : types.getReturnType() + " " + method)
                + types.getDeclaration()
                + thrown
                + "\n");
      }
      return null;
    }

    private static boolean isShown(int access) {
      return (access & VISIBLE) != 0 && (access & Opcodes.ACC_SYNTHETIC) == 0;
    }

    private static String fieldType(String signature) {
      TraceSignatureVisitor type = new TraceSignatureVisitor(0);
      new SignatureReader(signature).acceptType(type);
      return type.getDeclaration();
    }

    private static String kind(int access, @Nullable String superName) {
      String flags = (access & Opcodes.ACC_FINAL) != 0 ? "final " : "";
      if ((access & Opcodes.ACC_ANNOTATION) != 0) {
        return "annotation";
      }
      if ((access & Opcodes.ACC_INTERFACE) != 0) {
        return "interface";
      }
      if ((access & Opcodes.ACC_ENUM) != 0) {
        return "enum";
      }
      if ("java/lang/Record".equals(superName)) {
        return "record";
      }
      return flags + ((access & Opcodes.ACC_ABSTRACT) != 0 ? "abstract class" : "class");
    }

    private static String supertypes(
        int access,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      if (signature != null) {
        TraceSignatureVisitor types = new TraceSignatureVisitor(access);
        new SignatureReader(signature).accept(types);
        return types.getDeclaration();
      }
      StringBuilder types = new StringBuilder();
      if (superName != null && !IMPLIED.contains(superName)) {
        types.append(" extends ").append(superName.replace('/', '.'));
      }
      if (interfaces != null && interfaces.length > 0) {
        types.append(" implements ").append(String.join(", ", interfaces).replace('/', '.'));
      }
      return types.toString();
    }

    private static String flags(int access) {
      return ((access & Opcodes.ACC_PROTECTED) != 0 ? "protected " : "")
          + ((access & Opcodes.ACC_STATIC) != 0 ? "static " : "")
          + ((access & Opcodes.ACC_ABSTRACT) != 0 ? "abstract " : "")
          + ((access & Opcodes.ACC_FINAL) != 0 ? "final " : "");
    }
  }
}
