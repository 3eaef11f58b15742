import Control.Concurrent
import Control.Concurrent.STM
import Control.Monad
import qualified Data.Map.Strict as Map

main :: IO ()
main = do
  squares <- newTVarIO Map.empty
  forM_ [1 .. 4 :: Int] $ \number ->
    forkIO (atomically (modifyTVar' squares (Map.insert number (number * number))))
  done <- atomically $ do
    known <- readTVar squares
    check (Map.size known == 4)
    pure known
  print (Map.toList done)
