// A counter of Gray codes, and a bench that asks how far it shall count.
module gray_counter #(parameter WIDTH = 4) (
    input  wire             clock,
    input  wire             reset,
    output wire [WIDTH-1:0] code
);
  reg [WIDTH-1:0] count;

  // Neighbours differ in one bit only.
  assign code = count ^ (count >> 1);

  always @(posedge clock)
    if (reset) count <= 0;
    else count <= count + 1;
endmodule

module main;
  localparam STDIN = 32'h8000_0000;

  reg clock = 0;
  reg reset = 1;
  wire [3:0] code;
  integer wanted, step;

  gray_counter #(.WIDTH(4)) counter (.clock(clock), .reset(reset), .code(code));

  always #5 clock = ~clock;

  initial begin
    $write("How many Gray codes, 1 to 16? ");
    $fflush;
    if ($fscanf(STDIN, "%d", wanted) != 1 || wanted < 1 || wanted > 16) begin
      $display("");
      $fatal(1, "That is not such a number.");
    end

    @(negedge clock) reset = 0;
    for (step = 0; step < wanted; step = step + 1) begin
      $display("%2d: %b at %0t", step, code, $time);
      @(negedge clock);
    end
    $finish;
  end
endmodule
