namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

[Collection(OtherPreparedServices.Collection)]
public sealed class PreparedClojureTests(PreparedService service) : InterpreterComparison(service, _programs)
{
    public static TheoryData<string> Names => [.. _all.Keys];

    private static readonly Dictionary<string, (string EntryPoint, string Program)> _all = new()
    {
        ["hello"] = ("main.clj", "(println \"hello\" (+ 1 1))"),
        ["itself"] = ("main.clj", "(prn *command-line-args* *file* (ns-name *ns*) *clojure-version* (System/getProperty \"sun.java.command\") (System/getProperty \"java.class.path\") (System/getProperty \"user.dir\") (.pid (java.lang.ProcessHandle/current)) (mapv str (.getInputArguments (java.lang.management.ManagementFactory/getRuntimeMXBean))))"),
        ["arguments"] = ("main.clj", "(prn *command-line-args* (count *command-line-args*)) (System/exit 4)"),
        ["another entry point"] = ("src/tool.clj", "(prn *file* *command-line-args*) (System/exit 2)"),
        ["the environment"] = ("main.clj", "(require 'clojure.java.shell) (prn (into (sorted-map) (System/getenv)) (System/getenv \"LD_PRELOAD\")) (print (:out (clojure.java.shell/sh \"env\"))) (shutdown-agents)"),
        ["properties"] = ("main.clj", "(prn (into (sorted-map) (System/getProperties)))"),
        ["what is loaded"] = ("main.clj", "(prn (sort (map ns-name (all-ns))) (count (ns-map *ns*)) (loaded-libs) (count (get-thread-bindings)))"),
        ["numbers of names"] = ("main.clj", "(prn (gensym) (class (fn [])) (class (reify Object)) `x#) (defn f [] (fn [])) (prn (class (f)))"),
        ["a stack"] = ("main.clj", "(defn inner [] (doseq [e (.getStackTrace (Exception.))] (println (str e)))) (defn outer [] (inner)) (outer)"),
        ["an error that is caught"] = ("main.clj", "(try (/ 1 0) (catch ArithmeticException e (.printStackTrace e)))"),
        ["an uncaught error"] = ("main.clj", "(println \"before\")\n(defn half [n] (/ n nil))\n(try (half 4) (catch Exception e (println (ex-message e)) (System/exit 7)))"),
        ["an error with causes"] = ("main.clj", "(try (throw (ex-info \"outer\" {:a 1} (RuntimeException. \"inner\" (Exception. \"innermost\")))) (catch Exception e (prn (Throwable->map e)) (.printStackTrace e)))"),
        ["a status"] = ("main.clj", "(println \"out\") (System/exit 3)"),
        ["at the end"] = ("main.clj", "(.addShutdownHook (Runtime/getRuntime) (Thread. #(println \"bye\"))) (println \"end\")"),
        ["a halt"] = ("main.clj", "(print \"lost?\") (flush) (.halt (Runtime/getRuntime) 4)"),
        ["a signal"] = ("main.clj", "(println \"before\") (.exec (Runtime/getRuntime) (into-array [\"kill\" \"-9\" (str (.pid (java.lang.ProcessHandle/current)))])) (Thread/sleep 5000)"),
        ["input at once"] = ("main.clj", "(prn (slurp *in*))"),
        ["input line by line"] = ("main.clj", "(loop [] (when-let [line (read-line)] (prn line) (recur)))"),
        ["input by lines"] = ("main.clj", "(doseq [line (line-seq (java.io.BufferedReader. *in*))] (prn line))"),
        ["streams"] = ("main.clj", "(binding [*out* *err*] (println \"err\")) (println \"out\") (prn (System/console) (class *in*))"),
        ["descriptors"] = ("main.clj", "(prn (sort (map #(Integer/parseInt %) (.list (java.io.File. \"/proc/self/fd\")))))"),
        ["files"] = ("main.clj", "(spit \"made.txt\" \"x\") (prn (sort (.list (java.io.File. \".\"))) (slurp \"made.txt\") (.getAbsolutePath (java.io.File. \"main.clj\")))"),
        ["threads"] = ("main.clj", "(prn @(future (.getName (Thread/currentThread))) (.getName (Thread/currentThread)) (sort (map #(.getName %) (keys (Thread/getAllStackTraces))))) (shutdown-agents)"),
        ["agents"] = ("main.clj", "(def a (agent 0)) (send a inc) (await a) (prn @a) (send-off a (fn [_] (throw (Exception. \"in an agent\")))) (Thread/sleep 100) (prn (ex-message (agent-error a))) (shutdown-agents)"),
        ["children"] = ("main.clj", "(require '[clojure.java.shell :refer [sh]]) (prn (sh \"sh\" \"-c\" \"echo out; echo err >&2; exit 3\")) (prn (:out (sh \"cat\" :in \"through\"))) (shutdown-agents)"),
        ["libraries"] = ("main.clj", "(require '[clojure.string :as s] '[clojure.set :as set] '[clojure.pprint :refer [pprint]] '[clojure.edn :as edn]) (prn (s/join \",\" (map s/upper-case [\"a\" \"b\"])) (set/union #{1} #{2})) (pprint (edn/read-string \"{:a [1 2 3]}\")) (prn (loaded-libs))"),
        ["types"] = ("main.clj", "(defrecord P [x y]) (defprotocol Q (q [_])) (extend-type P Q (q [p] (:x p))) (prn (->P 1 2) (q (->P 3 4)) (class (->P 1 2))) (ns other) (prn *ns* (ns-name *ns*))"),
        ["a deep recursion"] = ("main.clj", "(defn down [n] (inc (down (inc n)))) (try (down 0) (catch StackOverflowError e (prn (class e) (ex-message e))))"),
        ["memory"] = ("main.clj", "(prn (.maxMemory (Runtime/getRuntime)) (.availableProcessors (Runtime/getRuntime))) (try (long-array 1000000000) (catch OutOfMemoryError e (prn (ex-message e))))"),
        ["reflection"] = ("main.clj", "(set! *warn-on-reflection* true)\n(defn f [x] (.length x))\n(prn (f \"abc\"))"),
        ["text of other languages"] = ("main.clj", "(println \"äö €\" (count \"€\") (seq (.getBytes \"ä\"))) (prn (str (java.nio.charset.Charset/defaultCharset)))"),
        ["much output"] = ("main.clj", "(dotimes [i 5000] (println \"line\" i)) (binding [*out* *err*] (println \"end\"))"),
    };

    private static readonly InterpreterPrograms _programs = new()
    {
        Language = "clojure",
        EntryPoint = "main.clj",
        All = _all,
        Several = (
            "(require 'lib.helper) (load-file \"third.clj\") (prn (lib.helper/here) (loaded-libs))",
            [
                ("lib/helper.clj", "(ns lib.helper) (defn here [] *file*) (prn *file*)"),
                ("third.clj", "(prn *file* (ns-name *ns*))"),
            ]),
        Reversing = """
            (prn (some? (System/console)) *command-line-args*)
            (println "ready")
            (loop []
              (when-let [line (read-line)]
                (println (apply str (reverse line)))
                (recur)))
            (println "end")
            (System/exit 5)
            """,
        Random = "(prn (rand) (rand-int 1000000) (str (java.util.UUID/randomUUID)) (hash (Object.)))",
        TellsHost = "(print (.contains (String. (java.nio.file.Files/readAllBytes (.toPath (java.io.File. \"/proc/self/maps\")))) \"host.so\"))",
    };
}
