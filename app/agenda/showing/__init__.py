"""The agenda as its pages show it: lines, the list, weeks and months."""
