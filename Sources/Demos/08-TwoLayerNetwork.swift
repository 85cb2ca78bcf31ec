import Curriculum
import Datasets
import Plots

public let twoLayerNetworkDemo = Demo<any TwoLayerNetworkLesson>(
  .twoLayerNetwork,
  run: { lesson, out in
    out("A network of two layers")
  },
  figures: { lesson in [] })
